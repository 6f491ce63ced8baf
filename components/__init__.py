"""Drawing: values in, pictures out. Nothing here knows the store, a command or a session."""
