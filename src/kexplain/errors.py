"""What the person at the keyboard can mend; every such error of kexplain is one of these."""


class InputError(Exception):
    """Something that the person at the keyboard can mend; the message says what, where and how."""


class ConfigError(InputError):
    """A configuration that is not what its schema says, or cannot be read."""
