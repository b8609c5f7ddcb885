"""PyTorch, as its tutorials write it, with fused lists of parameters; and with sparse rows through an EmbeddingBag."""

import time

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh}
LOSSES = {"mean_squared_error": nn.MSELoss, "mean_absolute_error": nn.L1Loss}


class Torch:
    def __init__(self, data, threads):
        self.threads = threads
        self.data, self.targets = data, torch.from_numpy(data.targets)
        self.load()

    def load(self):
        self.rows = torch.from_numpy(self.data.dense())

    def batch(self, index):
        return self.rows[index]

    def first(self, inputs, units):
        return nn.Linear(inputs, units)

    def model(self, run):
        sizes, layers = [self.data.width, *run.hidden, self.data.units], []
        for place, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
            layers.append(nn.Linear(inputs, units) if place else self.first(inputs, units))
            if place < len(run.hidden):
                layers.append(ACTIVATIONS[run.activation]())
                if run.dropout:
                    layers += [nn.Dropout(run.dropout), nn.BatchNorm1d(units, eps=1e-3, momentum=0.01)]
        model = nn.Sequential(*layers)
        for name, weights in model.named_parameters():
            if weights.dim() == 2:
                nn.init.xavier_uniform_(weights)
            elif "bias" in name:
                nn.init.zeros_(weights)
        return model

    def loss(self, run):
        """The loss of the model's outputs; the sigmoid or softmax is a part of it where it can be."""
        if run.loss == "cross_entropy":
            return nn.CrossEntropyLoss() if self.data.output == "classes" else nn.BCEWithLogitsLoss()
        of_number = LOSSES[run.loss]()
        return of_number if self.data.output == "number" else lambda outputs, targets: of_number(outputs.sigmoid(), targets)

    def optimizer(self, run, parameters):
        if run.optimizer == "adam":
            return torch.optim.Adam(parameters, 1e-3, eps=1e-7, foreach=True)
        return torch.optim.RMSprop(parameters, 1e-3, alpha=0.9, eps=1e-7, foreach=True)

    def outputs(self, model, index):
        found = model(self.batch(index))
        return found if self.data.output == "classes" else found.squeeze(1)

    @torch.no_grad()
    def predict(self, model, rows):
        model.eval()
        found = self.outputs(model, torch.from_numpy(rows))
        model.train()
        return (found.sigmoid() if self.data.output == "probability" else found).numpy()

    def train(self, run, is_share):
        # For a few thousand weights and a few examples threads cost more time than they save.
        torch.set_num_threads(1 if max(run.hidden, default=0) <= 64 and run.batch < 64 else self.threads)
        results = []
        for train, validation in self.data.parts(run):
            model, loss, index = self.model(run), self.loss(run), torch.from_numpy(train)
            optimizer, start = self.optimizer(run, model.parameters()), time.perf_counter()
            for _ in range(run.epochs):
                for batch in index[torch.randperm(len(index))].split(run.batch):
                    optimizer.zero_grad()
                    loss(self.outputs(model, batch), self.targets[batch]).backward()
                    optimizer.step()
                if len(validation):
                    self.data.score(self.predict(model, validation), validation)
            seconds = time.perf_counter() - start
            results.append(self.data.fold_result(seconds, lambda rows: self.predict(model, rows), validation))
        seconds, *scores = np.transpose(results)
        return seconds.sum(), *np.mean(scores, axis=1)

    @staticmethod
    def product(a, b):
        torch.set_num_threads(1)
        a, b = torch.from_numpy(a), torch.from_numpy(b)
        return lambda: torch.mm(a, b)


class Bag(nn.Module):
    """A dense layer on rows of ones, given as (columns, where each row begins)."""

    def __init__(self, inputs, units):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(inputs, units)), nn.Parameter(torch.empty(units))

    def forward(self, batch):
        return nn.functional.embedding_bag(batch[0], self.weight, batch[1], mode="sum") + self.bias


class TorchBag(Torch):
    def load(self):
        self.starts = torch.from_numpy(self.data.offsets.astype(np.int64))
        self.columns = torch.from_numpy(self.data.columns.astype(np.int64))

    def batch(self, index):
        """The columns of these rows one after the other, and where each row begins."""
        starts, lengths = self.starts[index], self.starts[index + 1] - self.starts[index]
        begins = lengths.cumsum(0) - lengths
        places = torch.arange(int(lengths.sum())) + (starts - begins).repeat_interleave(lengths)
        return self.columns[places], begins

    def first(self, inputs, units):
        return Bag(inputs, units)
