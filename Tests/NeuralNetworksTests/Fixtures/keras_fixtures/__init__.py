"""What make_fixtures.py is made of: networks and settings, batches, training cases, the files' form, and the cases themselves."""

import os

# Before anything imports Keras.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["KERAS_BACKEND"] = "tensorflow"
