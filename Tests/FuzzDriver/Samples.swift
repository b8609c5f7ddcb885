/// Small files with much in them.
enum Samples {
    /// Sixty rows of numbers, words and gaps.
    static let table =
        "id,a,b,grade,city,y\n"
        + (0..<60).map { row in
            "\(row + 1),\(Double(row * 37 % 60) / 60),\(row % 11 == 0 ? "" : "\(row * 23 % 60)"),\(["low", "middle", "high"][row % 3]),"
                + "\(row % 2 == 0 ? "\"Paris, FR\"" : "Rome"),\(row * 5 % 17 - 3)\n"
        }.joined()

    static let experiments = [
        """
        title: Small
        dataset: {csv: {path: data/table.csv, delimiter: ",", header: true}}
        inputs: {a: {encode: auto, scale: standard}, b: {encode: numeric, missing: mean}, grade: {encode: one-hot}, drop: [id, city]}
        target: {y: {encode: numeric}}
        split: {test: {first: 6}, validation: {folds: 3}}
        model:
          mlp: {hidden: [4, 8], activation: tanh, output: linear, dropout: 0.2}
        training:
          loss: mse
          optimizer: {sgd: {learning_rate: 0.1, momentum: 0.9}}
          batch_size: 8
          epochs: 3
          metrics: [mae]
          early_stopping: {monitor: val_loss, patience: 2}
        seeds: 2
        ablate:
          wide: {model.mlp.hidden: [8, 1024]}
          slow: {training.optimizer.learning_rate: 0.01}

        """,
        """
        title: Points
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric, scale: min-max}, city: {encode: one-hot}}
        target: {grade: {encode: one-hot}}
        split: {validation: {shuffle: true, seed: 3, fraction: 0.25, stratify: true}}
        model:
          layers:
            - dense: {units: 16, activation: relu, name: first}
            - batch_normalization
            - dropout: {rate: 0.5}
            - dense: {units: classes, activation: softmax}
        training: {loss: categorical_crossentropy, optimizer: adam, batch_size: 16, epochs: 4, metrics: [accuracy]}
        seeds: [1, 5, 9]
        sweep:
          - grid: {training.batch_size: [4, 8], model.layers.first.units: [2, 4]}
            exclude: [{training.batch_size: 4, model.layers.first.units: 4}]
          - quasi_random:
              points: 8
              seed: 3
              training.optimizer.learning_rate: {log_uniform: [0.0001, 0.1]}
              model.layers.first.units: {int_uniform: [2, 64]}
          - grid: {training.optimizer: [adam, {sgd: {learning_rate: 0.5}}], training.optimizer.momentum: [0, 0.9], model.layers.first.units: [8, 32]}
            set: {training.epochs: "=3 + units * 2"}
            when: {training.optimizer.momentum: {training.optimizer: sgd}}
            exclude: [units > 16 and optimizer == adam]

        """,
        """
        title: Anchors
        dataset: {csv: data/table.csv}
        inputs: {a: &how {encode: numeric, scale: standard}, id: *how}
        target: {y: {encode: numeric, scale: standard}}
        split: {validation: {first: 12}}
        model: {mlp: {hidden: [3], activation: relu, output: linear}}
        training: {loss: mse, optimizer: rmsprop, batch_size: 1, epochs: 2}
        reference: {b: {val_loss: 0.5, "val_loss@1": 0.7}}
        select: {metric: val_loss, goal: minimize}
        ablate: {b: {model.mlp.hidden: [2, 7]}, c: &c {training.epochs: 5}, d: {training.epochs: 9, training.batch_size: 3}}

        """,
    ]

    static let conditions = [
        "val_loss > 0.1 and not (seed in [1, 2, 3] or variant contains \"wi\")", "fold == none",
        "(val_loss - 1) * 2 <= -seed / 3 or variant == wide-2",
        "min(val_loss, 1) >= 1e-3",
    ]

    static let yamlWords = [
        "a: &a [*a, *a]\n", "&x [1]\n", "*x", "<<: *how\n", "? ", "!!int ", "!ruby/object ", "%YAML 1.2\n---\n", "---\n", "...\n", "|\n  ",
        ">-\n ", "{{{{",
        "[[[[", "- - - - -", "\"\\x41\\U0001F600\"", "extends: wine-baseline.yaml\n", "extends: changed.yaml\n", "seeds: 1000000000\n",
        "seeds: [1, 1]\n",
        "folds: 1000000\n", "sweep: {grid: {training.epochs: [1, 2, 3]}}\n", "points: 100000000\n", "model.layers[99999999999]: 1\n",
        "units: 1000000000000\n", "=1/0", "=9999999999*9999999999", "=((((((1))))))", "repeat: 1000000\n",
        "lol1: &l1 [1,1,1,1,1,1,1,1,1]\nlol2: &l2 [*l1,*l1,*l1,*l1,*l1,*l1,*l1,*l1]\nlol3: &l3 [*l2,*l2,*l2,*l2,*l2,*l2,*l2,*l2]\nlol4: &l4 [*l3,*l3,*l3,*l3,*l3,*l3,*l3]\nlol5: [*l4,*l4,*l4,*l4,*l4,*l4,*l4]\n",
    ]

    /// Heads, and rows that come ten times.
    static let tables =
        [table]
        + [
            (
                "name;price;when\r\n",
                "\"a \"\"quoted\"\" one\";1.234,5;2026-01-01\r\n\"two\nlines\";-0,25;2026-01-02\r\n;;\r\n\"last\";7;x\r\n"
            ),
            ("a\tb\tc\n", "1\tNA\t3\n4\t?\t6\n7\tnull\t9\n1e5\t-1e-5\t10\n"), ("a,b,c\n", "1,2,3\n4,5,6\n7,8,9\n10,11,12\n"),
            ("text,class\n", "\"good film, really good\",pos\n\"bad film\",neg\n\"so bad it is good\",pos\n\"not good\",neg\n"),
            (
                "when;seen;price;share;member;y\n",
                "2024-01-31T10:00:00Z;31/1/24 9:05 PM;$1,234.50;12 %;yes;1\n2023-02-28T23:59:59.5+02:00;1/2/2023;$ .5;7.25%;No;0\n;;;;;1\n"
            ),
            (
                "{\"a\": 1.5, \"b\": \"S\", \"y\": true}\n",
                "{\"b\": \"\\u00e9\\\"x\", \"a\": null, \"y\": false}\n{\"a\": -2e3, \"y\": true, \"c\": \"\"}\n"
            ),
            ("\u{feff}x,y\n", "1,yes\n2,no\n3,yes\n4,no\n5,yes\n"),
        ].map { $0 + String(repeating: $1, count: 10) }

    static let lines = [
        "ham\tHe said \"no\nspam\tWin, win; \"now\nham\tSee you\n", "__label__ham He said no\n__label__spam Win now\n",
        "He said no\tham\nWin now\tspam\n",
    ].map { String(repeating: $0, count: 10) }

    /// Texts in folders of their classes.
    static let texts: [(name: String, bytes: [UInt8])] = [
        ("films/train/pos/0_9.txt", "It's GREAT, it's great! 10/10"), ("films/train/neg/10_1.txt", "bad <br />bad"),
        ("films/train/neg/2_2.txt", "don't see it"), ("films/test/pos/0_8.txt", "great as new"),
        ("films/test/neg/0_1.txt", "BAD it's5 'quoted'"),
        ("films/README", "read"),
    ].map { ($0, Array($1.utf8)) }

    /// News as Reuters-21578 has them.
    static let news = """
        <!DOCTYPE lewis SYSTEM "lewis.dtd">
        <REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="1" NEWID="1">
        <DATE>26-FEB-1987</DATE><TOPICS><D>cocoa</D><D>grain</D></TOPICS>
        <TEXT>&#2;<TITLE>SHOWERS</TITLE><DATELINE> SALVADOR - </DATELINE><BODY>Showers continued &lt;X> throughout the week.
         Reuter
        &#3;</BODY></TEXT>
        </REUTERS>
        <REUTERS TOPICS="YES" LEWISSPLIT="TEST" CGISPLIT="TRAINING-SET" OLDID="2" NEWID="2">
        <TOPICS><D>earn</D></TOPICS><TEXT TYPE="BRIEF">&#2;<TITLE>QTR NET</TITLE><BODY>Net 1.5 mln dlrs.</BODY></TEXT>
        </REUTERS>

        """
}
