"""The model: pure NumPy, same inputs, same outcome; runs in a terminal."""

MODEL_VERSION = "1.0.0"
