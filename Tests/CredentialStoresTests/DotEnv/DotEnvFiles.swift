/// What `.env` files look like.
enum DotEnvFiles {
    static let written: [[UInt8]] =
        texts.map { Array($0.utf8) } + [
            [0x41, 0x3D, 0xE9, 0x0A],  // Latin-1
            [0x41, 0x3D, 0x00, 0x62],  // a zero byte
            [0x41, 0x3D, 0xED, 0xA0, 0x80],  // half of a surrogate pair
        ]

    private static let texts = [
        "", "\n", "# only a comment", "A=b", "A=b\n", "A=b\nC=d\n", "A=b\r\nC=d\r\n", "A=b\rC=d\r", "A=1\nA=2\n",
        // Space, here and there, and of other kinds.
        " A = b ", "\tA\t=\tb\t", "A=b c  d", "A=\u{A0}b\u{A0}", "A\u{2003}=b", "A=b\u{85}", "A=b\u{0B}c", "\u{0C}A=b",
        "A=b\u{2028}C=d", "\n\n  A=b\n\n\n  C=d", "A='b'  ", "A=\u{1C}b\u{1F}",
        // export, and names.
        "export A=b", "export\tA=b", "exportA=b", "export", "export=b", "export A", "export export A=b",
        "  export   A = b", "'A b'=c", "'A'=b", "''=b", "'A=b", "A.b-c=d", "é=b", "A B=c", "=b", "A\nB=c", "1A=b",
        "'A\r\nB'=c", "\"A\"=b", "A", "A\n", "A #c", "A=", "A=\nB=c", "A= \nB=c",
        // Comments.
        "A=b #c", "A=b#c", "A=b # c # d", "A=#b", "A= #b", "A='b'#c", "A='b' # c", "A=\"b#c\" # d", "A=b\t#c",
        "#A=b\nC=d", "  # A=b\nC=d", "A=b\u{A0}#c", "A=b  c #d", "A='b # c'",
        // Equals signs, dollars, and what shells would do something to.
        "A=b=c", "A==b", "A=b==", "A='='", "A=$B", "A=${B}", "A='${B}'", "A=\"$(b)\"", "A=b\\", "A=b\\nc", "A=`b`",
        "A=b&c%d+e;f|g!h", "A=p@ss w0rd", "A=\u{1F511}\u{1F5DD}",
        // Quotes and escapes.
        "A='b'", "A=\"b\"", "A=''", "A=\"\"", "A='b\"c'", "A=\"b'c\"", "A='b\\'c'", "A=\"b\\\"c\"", "A='b\\nc'",
        "A=\"b\\nc\"", #"A="\a\b\f\n\r\t\v\\\'\"""#, #"A='\a\b\f\n\r\t\v\\\'\"'"#, #"A="\x41\u0041\101\0\q""#,
        #"A='b\\'"#, #"A='b\'"#, #"A="b\\""#, #"A="b\""#, #"A='b\\\'c'"#, "A='b'c", "A=b'c'", "A=b\"c", "A='b",
        "A=\"b", "A='b''c'", "A='b\\'\nC='d'", "A=\"b\nC=d", "A='b\\'\nC=d\\'",
        // Values of more lines than one.
        "A='b\nc'", "A=\"b\nc\"\nD=e", "A='b\r\nc'", "A=\"b\rc\"", "A=\"\n\n\"", "A='b\n#c'", "A=\"b\\\nc\"",
        "A='-----BEGIN X-----\nabc=\n-----END X-----\n'\nB=c",
    ]

    /// What random files are put together from. No byte order mark: there we differ on purpose.
    static let pieces: [[UInt8]] = [
        "A", "B", "=", "=", "A=", "\nB=", "'", "'", "\"", "\"", "\\", "\\'", "\\\"", "\\\\", "\\n", "#", " #", " ",
        "\t", "\n", "\n", "\r", "\r\n", "export ", "x", "n", "é", "\u{A0}", "\u{2028}", "\u{85}", "\u{0B}", "\u{1C}",
        "='", "=\"", "'\n", "\"\n",
    ].map { Array($0.utf8) }
}
