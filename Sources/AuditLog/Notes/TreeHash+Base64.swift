import Cryptography

extension TreeHash {
    /// The hash as the C2SP text formats print it: 44 characters of base64.
    package var base64: String { bytes.base64 }

    /// Reads canonical base64 of 32 bytes; `nil` for anything else.
    package init?(base64 text: some Collection<UInt8>) {
        guard text.count == 44, let bytes = [UInt8](base64: text) else { return nil }
        self.init(bytes)
    }
}
