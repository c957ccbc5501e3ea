"""What is written: sentences in both languages, numbers and dimensions for a person, finding by letters."""
