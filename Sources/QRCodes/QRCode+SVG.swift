extension QRCode {
    /// The code with its quiet zone as a document of SVG 1.1: dark on white, one path, crisp at every size.
    ///
    /// A module is `moduleSize` pixels wide where the page does not say otherwise.
    package func svg(moduleSize: Int = 4) -> String {
        precondition(moduleSize > 0)
        let width = side + 2 * QRCode.quietZone
        let pixels = width * moduleSize
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(pixels)" height="\(pixels)" \
            viewBox="0 0 \(width) \(width)" shape-rendering="crispEdges">\
            <rect width="\(width)" height="\(width)" fill="#fff"/><path d="\(path)"/></svg>

            """
    }

    /// A rectangle for each run of dark modules in a row.
    private var path: String {
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                let start = column
                while self[column, row] { column += 1 }
                if column > start {
                    let length = column - start
                    path += "M\(start + QRCode.quietZone) \(row + QRCode.quietZone)h\(length)v1h-\(length)z"
                }
                column += 1
            }
        }
        return path
    }
}
