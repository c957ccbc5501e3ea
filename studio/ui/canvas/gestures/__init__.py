"""What the pointer does on the canvas, each gesture in one class."""
