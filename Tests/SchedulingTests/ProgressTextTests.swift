import Scheduling
import Testing

@Suite struct ProgressTextTests {
    private let view = ProgressText(name: "reuters-width", total: 35, finishedBefore: 18, figures: ["loss", "val_accuracy"])

    private var schedule: Schedule {
        let runs = [
            sampleRun("wide, seed 3", work: 20, epochs: 20), sampleRun("512-512, seed 1", work: 10, epochs: 20),
        ]
        var schedule = Schedule(everyRun(of: runs), workers: 2)
        _ = schedule.begin()
        let figures = [Figure("loss", 0.18234), Figure("accuracy", 0.9), Figure("val_accuracy", 0.801)]
        _ = schedule.handle(.event(.epoch(epoch: 12, of: 20, figures: figures, seconds: 0.17), from: 1))
        return schedule
    }

    @Test func liveLinesOnAWideTerminal() {
        let lines = view.live(schedule, elapsed: 6, columns: 120, rows: 40)
        #expect(
            lines == [
                "reuters-width  ━━━━━━━━━━━━━━━╸───────────────  18 of 35 finished, 0 failed, 10 s left",
                "  worker 1  wide, seed 3     epoch 12/20   loss 0.182   val_accuracy 0.801   0.2 s an epoch",
                "  worker 2  512-512, seed 1  starting",
            ])
    }

    @Test func aNarrowTerminalKeepsTheFigureThatDecides() {
        let lines = { view.live(schedule, elapsed: 6, columns: $0, rows: 40)[1] }
        #expect(lines(80) == "  worker 1  wide, seed 3     epoch 12/20   loss 0.182   val_accuracy 0.801")
        #expect(lines(65) == "  worker 1  wide, seed 3     epoch 12/20   val_accuracy 0.801")
    }

    @Test(arguments: [1, 10, 20, 40, 60, 80, 200]) func noLineIsWiderThanTheTerminal(columns: Int) {
        for line in view.live(schedule, elapsed: 6, columns: columns, rows: 40) {
            #expect(line.count <= columns)
        }
    }

    @Test func aLowTerminalShowsAsManyWorkersAsFit() {
        let many = Schedule(everyRun(of: (1...9).map { sampleRun("run \($0)") }), workers: 9)
        let lines = view.live(many, elapsed: 0, columns: 80, rows: 5)
        #expect(lines.count == 5)
        #expect(lines.last == "  and 6 more workers")
    }

    @Test(arguments: [
        (
            Announcement.finished(sampleRun("narrow, seed 5"), figures: [Figure("val_accuracy", 0.7021)], seconds: 0.31),
            "✓ narrow, seed 5   val_accuracy 0.702   0.3 s"
        ),
        (.failed(sampleRun("wide, seed 2"), message: "boom"), "✗ wide, seed 2: boom\n  log: wide, seed 2/log.txt"),
        (.interrupted(sampleRun("wide, seed 2")), "- wide, seed 2: interrupted"),
    ])
    func linesThatStay(announcement: Announcement, text: String) {
        #expect(view.lasting(announcement) == text)
    }

    @Test func timeLeftIsThatOfTheLongestRunWhenWorkersOutnumberTheRest() {
        // In 6 s two workers did 12 of 30 units: one unit a second each; 8 remain on one, 10 on the other.
        #expect(timeLeft(schedule, elapsed: 6) == 10)
        #expect(timeLeft(Schedule(everyRun(of: [sampleRun("a")]), workers: 1), elapsed: 6) == nil)
    }
}

@Suite struct WordingTests {
    @Test(arguments: [
        (0.0039, "4 ms"), (0, "0 ms"), (0.3, "0.3 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (65, "1 min 5 s"),
        (4260, "1 h 11 min"),
        (.nan, "a long time"), (.infinity, "a long time"), (-1, "0 ms"),
    ])
    func seconds(value: Double, text: String) {
        #expect(spoken(seconds: value) == text)
    }

    @Test(arguments: [
        (0.18234, "0.182"), (0, "0.000"), (-0.5, "-0.500"), (2.618, "2.618"), (123.456, "123.5"), (0.00023, "2.3e-4"),
        (-0.00023, "-2.3e-4"), (.nan, "nan"),
        (.infinity, "inf"), (1e300, "1e+300"),
    ])
    func figures(value: Double, text: String) {
        #expect(spoken(figure: value) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_094_766, "1,094,766"), (-12345, "-12,345"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func thousands(value: Int, text: String) {
        #expect(grouped(value) == text)
    }
}
