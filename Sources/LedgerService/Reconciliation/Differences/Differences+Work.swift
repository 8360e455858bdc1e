import CBOR
package import LedgerDomain

extension Differences {
    /// Gives a difference to somebody, or to nobody.
    package func assign(_ difference: Difference, to owner: String?) throws(ServiceError) {
        if let owner {
            guard owner.isText(upTo: 64) else {
                throw .invalid("An owner is an account's name, 1 to 64 bytes.")
            }
        }
        try change(difference) { record in record.owner = owner }
    }

    /// Writes something down.
    package func note(_ text: String, on difference: Difference, _ call: Call) throws(ServiceError) {
        guard text.isText(upTo: 200) else { throw .invalid("A note has 1 to 200 bytes.") }
        try change(difference) { (record) throws(ServiceError) in
            // The same words by the same person are a repeated request.
            guard !record.notes.contains(where: { $0.text == text && $0.principal == call.principal }) else {
                return
            }
            guard record.notes.count < DifferenceRecord.limit else {
                throw .invalid("A difference has at most \(DifferenceRecord.limit) notes.")
            }
            record.notes.append(
                Difference.Note.with {
                    ($0.principal, $0.instant, $0.text) = (call.principal, call.instant ?? service.now, text)
                })
        }
    }

    /// Adds a document that shows something; the same one twice is there once.
    package func attach(
        _ digest: Octets, named name: String, to difference: Difference, _ call: Call
    ) throws(ServiceError) {
        guard name.isText(upTo: 100), digest.isSHA256 else {
            throw .invalid("Evidence has a name of 1 to 100 bytes and a SHA-256.")
        }
        try change(difference) { (record) throws(ServiceError) in
            guard !record.evidence.contains(where: { $0.digest == digest }) else { return }
            guard record.evidence.count < DifferenceRecord.limit else {
                throw .invalid("A difference has at most \(DifferenceRecord.limit) pieces of evidence.")
            }
            record.evidence.append(
                Difference.Evidence.with {
                    ($0.principal, $0.instant) = (call.principal, call.instant ?? service.now)
                    ($0.name, $0.digest) = (name, digest)
                })
        }
    }

    private func change(
        _ difference: Difference, _ body: (inout DifferenceRecord) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        try records.change(DifferenceRecord.self, difference.id.bytes, at: service.now) {
            (found) throws(ServiceError) in
            guard var record = found else { throw .notFound(.difference, difference.shortID) }
            try body(&record)
            found = record
        }
    }
}
