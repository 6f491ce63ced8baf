"""The model: same inputs, same outcome; NumPy arrays, compiled loops; runs in a terminal."""

MODEL_VERSION = "1.1.0"
