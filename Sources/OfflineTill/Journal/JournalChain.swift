import Cryptography

/// Seals a journal's frames and opens them, each only in its place behind the one before.
///
/// A frame is the sealed bytes' length (4 bytes, big-endian), a check of the length (4 bytes) and the sealed
/// bytes: nonce, ciphertext, tag, by the ledger's profile. What is authenticated with them is the till's ID, the frame's
/// number (8 bytes, big-endian) and SHA-256 of the frame before, of the file's header for the first one. So a
/// frame that was altered, moved, repeated or taken out of the middle is found. The check is the beginning of
/// SHA-256 over the same and the length: without it, a length that was altered would pass for a write that a
/// crash cut short.
struct JournalChain {
    /// The file's first bytes: what it is, its version, and the till's ID.
    let header: [UInt8]
    private let sealer: Sealer
    /// The number of the next frame.
    private(set) var number: UInt64 = 0
    private var last: [UInt8]

    /// What a journal's file begins with: its version, and with what it is sealed.
    static func magic(_ profile: CryptographicProfile) -> [UInt8] {
        switch profile {
        case .international: Array("wenhui-till/1\n".utf8)
        case .guomi: Array("wenhui-till/1 guomi\n".utf8)
        }
    }
    /// How many bytes a till's ID has.
    static let identifierLength = 16
    private static let headLength = 8
    /// Nonce and tag, and a megabyte, of which no frame of ours has a tenth.
    private static let sealedLengths: ClosedRange<UInt32> = 28...1 << 20

    /// A chain without frames, for a till with a new ID or with this one.
    init(till identifier: [UInt8], key: SecretKey, profile: CryptographicProfile) {
        header = JournalChain.magic(profile) + identifier
        sealer = Sealer(key: key, profile: profile)
        last = SHA256Digest.of(header)
    }

    /// Reads a file's header; `nil` where it is none.
    init?(header bytes: [UInt8], key: SecretKey) {
        let profile = CryptographicProfile.allCases.first { bytes.starts(with: JournalChain.magic($0)) }
        guard let profile else { return nil }
        let identifier = bytes.dropFirst(JournalChain.magic(profile).count)
            .prefix(JournalChain.identifierLength)
        guard identifier.count == JournalChain.identifierLength else { return nil }
        self.init(till: Array(identifier), key: key, profile: profile)
    }

    /// The next frame, and the chain behind it.
    func sealing(_ plain: [UInt8]) throws(SealError) -> (frame: [UInt8], chain: JournalChain) {
        let sealed = try sealer.seal(plain, context: context)
        let length = UInt32(sealed.count)
        precondition(JournalChain.sealedLengths.contains(length), "no entry is as long as that")
        let frame = JournalChain.bytes(length) + check(length) + sealed
        return (frame, following(frame))
    }

    /// What comes next in a file's bytes.
    func next(in bytes: ArraySlice<UInt8>) -> Step {
        guard !bytes.isEmpty else { return .end }
        guard bytes.count >= JournalChain.headLength else { return .torn }
        let head = bytes.prefix(JournalChain.headLength)
        let length = head.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        guard Array(head.suffix(4)) == check(length), JournalChain.sealedLengths.contains(length) else {
            return .damaged
        }
        let frame = bytes.prefix(JournalChain.headLength + Int(length))
        guard frame.count == JournalChain.headLength + Int(length) else { return .torn }
        guard let plain = try? sealer.open(Array(frame.dropFirst(JournalChain.headLength)), context: context)
        else { return .damaged }
        return .entry(plain, frame: frame.count, chain: following(Array(frame)))
    }

    /// What a place in a file holds.
    enum Step {
        /// An entry, how long its frame is, and the chain behind it.
        case entry([UInt8], frame: Int, chain: JournalChain)
        case end
        /// The file ends inside a frame.
        case torn
        case damaged
    }

    private var context: [UInt8] {
        Array(header.suffix(JournalChain.identifierLength)) + JournalChain.bytes(number) + last
    }

    private func check(_ length: UInt32) -> [UInt8] {
        Array(SHA256Digest.of(context + JournalChain.bytes(length)).prefix(4))
    }

    private func following(_ frame: [UInt8]) -> JournalChain {
        var chain = self
        chain.number += 1
        chain.last = SHA256Digest.of(frame)
        return chain
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
