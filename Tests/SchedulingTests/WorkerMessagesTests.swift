import Scheduling
import Testing

@Suite struct WorkerMessagesTests {
    @Test(arguments: [WorkerOrder.train(job: "/a b/\"c\".json"), .canary(job: "x"), .stop])
    func commandsComeBackAsTheyWere(command: WorkerOrder) throws {
        let line = try MessageLine.encode(command)
        #expect(line.last == UInt8(ascii: "\n") && line.count(where: { $0 == UInt8(ascii: "\n") }) == 1)
        #expect(try MessageLine.decode(WorkerOrder.self, from: line) == command)
    }

    @Test(arguments: [
        WorkerEvent.epoch(epoch: 1, of: 2, figures: [Figure("loss", .infinity), Figure("val_loss", 0.1)], seconds: 0.25), .passed, .done,
        .failed(message: "two\nlines"), .interrupted,
    ])
    func eventsComeBackAsTheyWere(event: WorkerEvent) throws {
        #expect(try MessageLine.decode(WorkerEvent.self, from: try MessageLine.encode(event)) == event)
    }

    @Test func aLossThatIsNoNumberSurvives() throws {
        let line = try MessageLine.encode(WorkerEvent.finished(figures: [Figure("loss", .nan)], seconds: 1))
        guard case .finished(let figures, _) = try MessageLine.decode(WorkerEvent.self, from: line) else {
            Issue.record("another event came back")
            return
        }
        #expect(figures[0].value.isNaN)
    }
}
