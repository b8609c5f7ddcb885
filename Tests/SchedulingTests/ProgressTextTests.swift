import Scheduling
import Testing

@Suite struct ProgressTextTests {
    private let view = ProgressText(name: "reuters-width", figures: ["loss", "val_accuracy"])

    private var schedule: Schedule {
        let before = (1...18).map { sampleRun("before \($0)") }
        let runs = [
            sampleRun("wide, seed 3", work: 20), sampleRun("512-512, seed 1", work: 10),
        ]
        var schedule = Schedule(
            .plan(runs + before), outcomes: Dictionary(uniqueKeysWithValues: before.map { ($0.id, .done) }), ScheduleRules(workers: 2))
        _ = schedule.begin()
        let figures = [Figure("loss", 0.18234), Figure("accuracy", 0.9), Figure("val_accuracy", 0.801)]
        _ = schedule.handle(.event(.epoch(epoch: 12, of: 20, figures: figures, seconds: 0.17), from: 1))
        return schedule
    }

    @Test func liveLinesOnAWideTerminal() {
        let lines = view.live(schedule, columns: 120, rows: 40)
        #expect(
            lines == [
                "reuters-width  ━━━━━━━━━━━━━━━━━━━━━━━━━━━╸───  18 of 20 finished, 0 failed, 1.7 s left",
                "  worker 1  wide, seed 3     epoch 12/20   loss 0.182   val_accuracy 0.801   0.2 s an epoch",
                "  worker 2  512-512, seed 1  starting",
            ])
    }

    @Test func aNarrowTerminalKeepsTheFigureThatDecides() {
        let lines = { view.live(schedule, columns: $0, rows: 40)[1] }
        #expect(lines(80) == "  worker 1  wide, seed 3     epoch 12/20   loss 0.182   val_accuracy 0.801")
        #expect(lines(65) == "  worker 1  wide, seed 3     epoch 12/20   val_accuracy 0.801")
    }

    @Test(arguments: [1, 10, 20, 40, 60, 80, 200]) func noLineIsWiderThanTheTerminal(columns: Int) {
        for line in view.live(schedule, columns: columns, rows: 40) {
            #expect(line.count <= columns)
        }
    }

    @Test func aLowTerminalShowsAsManyWorkersAsFit() {
        var many = Schedule(.plan((1...9).map { sampleRun("run \($0)") }), ScheduleRules(workers: 9))
        _ = many.begin()
        let lines = view.live(many, columns: 80, rows: 5)
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
        // 12 epochs of 0.17 s did 12 units; 8 remain on one worker, 10 on the other.
        #expect(timeLeft(schedule).map { abs($0 - 1.7) < 1e-9 } == true)
        #expect(timeLeft(Schedule(.plan([sampleRun("a")]), ScheduleRules(workers: 1))) == nil)
    }

    @Test func timeLeftIsSharedByAsManyWorkersAsHaveWork() {
        var schedule = Schedule(.plan((1...9).map { sampleRun("\($0)", work: 2) }), outcomes: ["9": .done], ScheduleRules(workers: 4))
        _ = schedule.begin()
        _ = schedule.handle(.event(.finished(figures: [], seconds: 3), from: 1))
        // One of eight runs took 3 s; seven are left for four workers.
        #expect(timeLeft(schedule) == 5.25)
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
        (.infinity, "inf"), (1e300, "1.000e300"), (6.65305960728634e16, "6.653e16"), (-9.99996e20, "-1.000e21"), (0.0000999, "1.0e-4"),
    ])
    func figures(value: Double, text: String) {
        #expect(spoken(figure: value) == text)
    }

    @Test func veryLargeFiguresMayHaveMoreDigits() {
        #expect(spoken(figure: 1_004_899_528_170.8064, decimals: 6) == "1.004900e12" && spoken(figure: 2.5, decimals: 6) == "2.500")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_094_766, "1,094,766"), (-12345, "-12,345"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func thousands(value: Int, text: String) {
        #expect(grouped(value) == text)
    }
}
