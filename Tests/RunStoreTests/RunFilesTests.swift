import Foundation
import RunStore
import Testing

@Suite struct RunFilesTests {
    @Test func recordReadsAsAPersonWouldWriteIt() throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample(fold: 3))
        // The digest of the record itself and the times of its files differ from run to run.
        let text = try #require(String(data: temporary.contents(of: folder.recordFile), encoding: .utf8))
            .replacing(/"digest": "[0-9a-f]{64}"/, with: "\"digest\": \"…\"").replacing(/"changed": [0-9]+/, with: "\"changed\": …")
            .replacing(/"sha256": "[0-9a-f]{64}"/, with: "\"sha256\": \"…\"")
        #expect(
            text == """
                {
                  "commit": "0123abcd",
                  "created": "2025-06-15T15:06:40.500Z",
                  "data": {
                    "content": "c0ffee",
                    "encoding": "facade"
                  },
                  "digest": "…",
                  "ended": "2025-06-15T15:06:40.500Z",
                  "experiment": "width",
                  "figures": {
                    "loss": "nan",
                    "val_accuracy": 0.3333333333333333
                  },
                  "files": {
                    "history.csv": {
                      "bytes": 78,
                      "changed": …,
                      "sha256": "…"
                    },
                    "predictions": {
                      "bytes": 104,
                      "changed": …,
                      "sha256": "…"
                    },
                    "weights.safetensors": {
                      "bytes": 212,
                      "changed": …,
                      "sha256": "…"
                    }
                  },
                  "fold": 3,
                  "host": "host",
                  "identity": "\(RunSpecification.sample(fold: 3).identity)",
                  "kept_epoch": 2,
                  "parameters": 9,
                  "processor": "processor",
                  "results_version": 1,
                  "seed": 1,
                  "settings": {
                    "model": {
                      "layers": [
                        {
                          "dense": {
                            "units": 64
                          }
                        }
                      ]
                    },
                    "training": {
                      "batch_size": 128,
                      "epochs": 10
                    }
                  },
                  "status": "finished",
                  "stopped": "diverged",
                  "timings": {
                    "encode_seconds": 0.01,
                    "peak_memory_bytes": 1000000,
                    "total_seconds": 0.3,
                    "train_seconds": 0.25
                  },
                  "variant": "baseline",
                  "version": 2,
                  "versions": {
                    "ablate": "0.1.0"
                  }
                }

                """)
    }

    @Test func whatARunLeavesReadsBackBitForBit() throws {
        let temporary = TemporaryStore()
        try temporary.finish(.sample())
        guard case .finished(let run) = temporary.state(.sample(), checking: .contents) else {
            Issue.record("the run is not finished")
            return
        }
        let outcome = RunOutcome.sample
        let history = try run.history()
        #expect(history.columns == outcome.history.columns)
        #expect(history.rows.map { $0.map(\.bitPattern) } == outcome.history.rows.map { $0.map(\.bitPattern) })
        #expect(try run.predictions() == outcome.predictions)
        #expect(try run.weights() == outcome.weights)
        #expect(run.record.figures["val_accuracy"] == 1.0 / 3)
        #expect(run.record.figures["loss"]?.isNaN == true)
        #expect(run.record.timings == outcome.timings)
        #expect(run.record.created == Date(timeIntervalSince1970: 1_750_000_000.5))
    }

    @Test(
        arguments: [
            .classes(["a", "b"]), .severalLabels([]), .values(shift: 2, divisor: 0.5), .values(shift: 0, divisor: 1, logarithm: .log),
            .inputs([RecordedColumn(name: "age", shift: 40, divisor: 10), RecordedColumn(name: "", shift: 0, divisor: 1, logarithm: .log)]),
        ] as [RecordedTarget])
    func whatOutputsStandForReadsBack(target: RecordedTarget) throws {
        let temporary = TemporaryStore()
        var outcome = RunOutcome.sample
        outcome.target = target
        try temporary.store.begin(.sample(), provenance: .sample).finish(outcome, durably: true)
        guard case .finished(let run) = temporary.state(.sample(), checking: .contents) else {
            Issue.record("the run is not finished")
            return
        }
        #expect(run.record.target == target)
    }

    @Test func historyIsPlainCSV() throws {
        #expect(RunOutcome.sample.history.csv == "epoch,loss,val_accuracy\n1,0.30000000000000004,0.3333333333333333\n2,nan,5e-324\n")
    }

    @Test func predictionsOfBothPartsReadBack() throws {
        let validation = Predictions.Part(rows: [1, 2, 3], targets: [0, 1, 0], outputs: [0.1, 0.9, 0.5], width: 1)
        let test = Predictions.Part(rows: [9], targets: [1.5, -2], outputs: [1, 2, 3], width: 3)
        for predictions in [Predictions(), Predictions(test: test), Predictions(validation: validation, test: test)] {
            #expect(try Predictions(decoding: predictions.encoded(), path: "p") == predictions)
        }
    }

    /// A reader of its own, after the format's public description.
    @Test func weightsAreRealSafetensors() throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        let data = try temporary.contents(of: folder.weightsFile)
        let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length % 8 == 0)
        let header = try #require(JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: [String: Any]])
        let kernel = try #require(header["dense/kernel"])
        #expect(kernel["dtype"] as? String == "F32")
        #expect(kernel["shape"] as? [Int] == [2, 3])
        let offsets = try #require(kernel["data_offsets"] as? [Int])
        let bytes = data[(8 + length + offsets[0])..<(8 + length + offsets[1])]
        let values = stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
        }
        #expect(values == [1, 2, 3, 4, 5, -6.5])
        let ends = header.values.compactMap { ($0["data_offsets"] as? [Int])?[1] }
        #expect(ends.max() == data.count - 8 - length)
    }

    @Test func whatDoesNotFitTogetherIsRefused() throws {
        let temporary = TemporaryStore()
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        var outcome = RunOutcome.sample
        outcome.weights[0].shape = [3, 3]
        #expect(throws: StoreError.inconsistent("tensor dense/kernel of shape [3, 3] has 6 values")) { try writer.finish(outcome) }
        outcome = .sample
        outcome.predictions?.validation?.outputs.removeLast()
        #expect(throws: StoreError.inconsistent("predictions for 2 examples have 2 targets and 5 outputs of width 3")) {
            try writer.finish(outcome)
        }
    }

    @Test func nothingTemporaryStaysBehind() throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["history.csv", "lock", "predictions", "record.json", "weights.safetensors"])
    }
}
