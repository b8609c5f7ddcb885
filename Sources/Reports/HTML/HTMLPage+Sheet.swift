extension HTMLPage {
    /// The page's looks, on light ground and dark. Contrasts of text are 4.5 and more; wide tables scroll by themselves, so that the page never does sideways.
    static let sheet = """

        :root { color-scheme: light dark; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --ground: #ffffff; --link: #0969da }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --faint: #9aa4ae; --line: #3d444d; --soft: #161b22; --ground: #0d1117; --link: #4493f8 }
        }
        body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 \(Style.font) }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word }
        h1, h2, h3 { line-height: 1.25; margin: 2rem 0 .75rem }
        h1 { font-size: 1.75rem; margin-top: .5rem }
        h2 { font-size: 1.3rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line) }
        h3 { font-size: 1.05rem }
        p, ul, ol, pre, figure, blockquote, details, div.table { margin: 0 0 1rem }
        a { color: var(--link) }
        blockquote { padding: 0 1rem; color: var(--faint); border-left: .25rem solid var(--line) }
        blockquote > :last-child, details > :last-child { margin-bottom: 0 }
        code { font: .875em ui-monospace, SFMono-Regular, 'Liberation Mono', Menlo, monospace; background: var(--soft); padding: .15em .35em; border-radius: 4px }
        pre { background: var(--soft); padding: .75rem 1rem; border-radius: 6px; overflow-x: auto }
        pre code { padding: 0; background: none }
        figure svg { display: block; max-width: 100%; height: auto }
        div.table { overflow-x: auto }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem }
        th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal }
        th { background: var(--soft); font-weight: 600 }
        td:first-child { min-width: 7rem }
        .right { text-align: right }
        td.right { white-space: nowrap }
        details { border: 1px solid var(--line); border-radius: 6px; padding: .6rem 1rem }
        details[open] > summary { margin-bottom: .75rem }
        summary { cursor: pointer; font-weight: 600 }
        @media print { main { max-width: none } div.table { overflow: visible } }

        """
}
