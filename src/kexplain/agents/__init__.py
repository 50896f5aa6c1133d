"""What a language model asks: kexplain's answers as compact text, about one folder, which nothing here changes."""
