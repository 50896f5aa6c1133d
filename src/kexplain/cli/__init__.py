"""The command line: the only wing that prints, exits and reads the environment. No engine lives here."""
