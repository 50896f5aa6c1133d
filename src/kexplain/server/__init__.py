"""What an editor asks: a project whose texts change, and answers about a place in it. Only ``protocol`` knows LSP."""
