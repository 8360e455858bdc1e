import AuditLog

/// What a witness's address answered, of which nothing is believed yet.
struct HTTPReply: Hashable, Sendable {
    let status: Int
    let contentType: String
    let body: [UInt8]

    /// The size that the witness knows (``WitnessReply/knownSize``); `nil` for other replies.
    var knownSize: UInt64? {
        guard let status = WitnessReply.Status(rawValue: status) else { return nil }
        return WitnessReply(status: status, contentType: contentType, body: body).knownSize
    }

    /// The first line of the body for a person: at most 200 characters, and nothing that a terminal obeys.
    var firstLine: String {
        let line = body.prefix { $0 != UInt8(ascii: "\n") }.prefix(800)
        let text = String(decoding: line, as: UTF8.self).unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: "\u{FFFD}"
            default: Character(scalar)
            }
        }
        return String(text.prefix(200))
    }
}
