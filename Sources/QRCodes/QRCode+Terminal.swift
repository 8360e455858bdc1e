extension QRCode {
    /// The code with its quiet zone as text for a terminal, two rows of modules a line.
    ///
    /// Black on white is said in colours that no theme changes (ECMA-48 §8.3.117, of xterm's 256), so that it looks
    /// the same on dark and light terminals; every line sets them and takes them back. The lower row is always
    /// background, swapped with the foreground where it is dark: fonts leave a gap below their full and lower
    /// blocks, and readers stumble over it.
    package var terminal: String {
        let zone = QRCode.quietZone
        return stride(from: -zone, to: side + zone, by: 2).map(line).joined()
    }

    /// A row and the one below it.
    private func line(_ row: Int) -> String {
        let columns = -QRCode.quietZone..<side + QRCode.quietZone
        var line = "\u{1b}[38;5;16;48;5;231m"
        var isSwapped = false
        for column in columns {
            let (upper, lower) = (self[column, row], self[column, row + 1])
            if lower != isSwapped {
                line += lower ? "\u{1b}[7m" : "\u{1b}[27m"
                isSwapped = lower
            }
            line += upper == lower ? " " : "▀"
        }
        return line + "\u{1b}[0m\n"
    }
}
