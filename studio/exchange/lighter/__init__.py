"""Makes a trained network lighter: fewer channels, more zeros, numbers of eight bits; measured, too."""
