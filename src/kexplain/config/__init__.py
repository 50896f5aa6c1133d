"""What a run is asked for: settings, the configuration file, parameters, rules of one's own. It reads no manifest."""
