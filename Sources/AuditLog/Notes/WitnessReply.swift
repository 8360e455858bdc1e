/// What a witness answers over HTTP (C2SP tlog-witness, "add-checkpoint").
package struct WitnessReply: Hashable, Sendable {
    /// What became of the request.
    package let status: Status
    /// The `Content-Type` header.
    package let contentType: String
    /// A signature line, a size, or a sentence for whoever reads the log's records.
    package let body: [UInt8]

    /// The HTTP status codes that a witness uses.
    package enum Status: Int, Sendable {
        /// The body is the cosignature's line.
        case ok = 200
        /// Not a request, or one to go back.
        case badRequest = 400
        /// No good signature of a key that the log is known by.
        case forbidden = 403
        /// A log that this witness does not follow.
        case notFound = 404
        /// The log is not where the request says: with ``sizeType``, the body is the size that it has here.
        case conflict = 409
        /// The tree does not begin with the one that was cosigned last.
        case unprocessable = 422
    }

    /// The content type of a body that is a tree's size.
    package static let sizeType = "text/x.tlog.size"

    /// Takes a reply as it was received.
    package init(status: Status, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// The size that the witness knows, when it refuses because the request assumes another one: the log
    /// tries again with a proof from there. `nil` for other replies and malformed bodies.
    package var knownSize: UInt64? {
        guard status == .conflict, contentType == WitnessReply.sizeType, body.last == UInt8(ascii: "\n")
        else {
            return nil
        }
        return UInt64(decimal: body.dropLast())
    }

    static func cosigned(_ signature: NoteSignature) -> WitnessReply {
        WitnessReply(status: .ok, contentType: plainType, body: signature.line)
    }

    static func conflict(knownSize: UInt64) -> WitnessReply {
        WitnessReply(status: .conflict, contentType: sizeType, body: Array("\(knownSize)\n".utf8))
    }

    static func refused(_ status: Status, _ sentence: StaticString) -> WitnessReply {
        WitnessReply(
            status: status, contentType: plainType,
            body: sentence.withUTF8Buffer { Array($0) } + [UInt8(ascii: "\n")])
    }

    private static let plainType = "text/plain; charset=utf-8"
}
