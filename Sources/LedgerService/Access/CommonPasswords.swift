import Cryptography

/// The passwords of twelve characters and more that most people who choose badly choose (OWASP ASVS 6.2.4), made by
/// `tools/common-passwords`.
enum CommonPasswords {
    /// SHA-256 of each, in lower case, cut to so many bytes, ascending.
    private static let digests = PackageResources.common_passwords_bin
    private static let width = 6

    private static var count: Int { digests.count / width }

    /// Whether it is one of them, whatever the case of its letters.
    static func contains(_ password: String) -> Bool {
        let wanted = SHA256Digest.of(Array(password.lowercased().utf8)).prefix(width)
        var range = 0..<count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let found = digests[middle * width..<(middle + 1) * width]
            if found.elementsEqual(wanted) { return true }
            range =
                found.lexicographicallyPrecedes(wanted)
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }
}
