"""Makes events.json: the bytes that TensorBoard's own messages and record writer give for the epochs of EventTests.swift, by part.

pip install tensorboard; python make_fixtures.py
"""

import io
import json
import pathlib

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import HistogramProto, Summary
from tensorboard.summary.writer.record_writer import RecordWriter

TIMES = [1_700_000_000.25, 1_700_000_001.5, 1_700_000_300.125]
PARTS = {
    "train": [{"loss": 1.5, "accuracy": 0.1}, {"loss": 0.75, "accuracy": 1 / 3}, {"loss": 1e-9, "accuracy": 1.0}],
    "validation": [{"loss": 2.5, "accuracy": 0.2}, {"loss": 3.25, "accuracy": 0.3}, {"loss": 4.125, "accuracy": 0.4}],
}


def histogram(values):
    """Thirty intervals of equal width, as Keras draws them."""
    low, high = min(values), max(values)
    counts = [0.0] * 30
    for value in values:
        counts[min(int((value - low) * (30 / (high - low))), 29)] += 1
    width = (high - low) / 30
    return HistogramProto(
        min=low, max=high, num=len(values), sum=sum(values), sum_squares=sum(value * value for value in values),
        bucket_limit=[low + width * (place + 1) for place in range(29)] + [high], bucket=counts)


def file(part):
    class Whole(io.BytesIO):
        def close(self):
            pass

    bytes_ = Whole()
    writer = RecordWriter(bytes_)
    writer.write(Event(wall_time=TIMES[0], file_version="brain.Event:2").SerializeToString())
    for step, (time, scalars) in enumerate(zip(TIMES, PARTS[part]), 1):
        values = [Summary.Value(tag=tag, simple_value=value) for tag, value in scalars.items()]
        if part == "train":
            values.append(Summary.Value(tag="layer_1/kernel", histo=histogram([place * place / 64 + step for place in range(200)])))
        writer.write(Event(wall_time=time, step=step, summary=Summary(value=values)).SerializeToString())
    writer.flush()
    return bytes_.getvalue().hex()


if __name__ == "__main__":
    place = pathlib.Path(__file__).with_name("events.json")
    place.write_text(json.dumps({part: file(part) for part in PARTS}, indent=1) + "\n")
