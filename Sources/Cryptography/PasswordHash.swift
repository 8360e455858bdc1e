/// A password as it is kept: by scrypt with a salt of its own, in the form `$scrypt$ln=16,r=8,p=2$salt$hash` (PHC).
package struct PasswordHash: Equatable, Sendable {
    package let text: String

    package init(text: String) { self.text = text }

    /// Keeps a password under a new salt.
    package init(_ password: String, cost: Scrypt = .standard) {
        let salt = SecureRandom.bytes(16)
        guard let key = cost.key(Array(password.utf8), salt: salt, byteCount: 32) else {
            preconditionFailure("scrypt cannot have this cost")
        }
        text =
            "$scrypt$ln=\(cost.logCost),r=\(cost.blockSize),p=\(cost.parallelism)$\(salt.hexadecimal)$\(key.hexadecimal)"
    }

    /// Whether it is this password's; takes as long for a wrong one as for the right one.
    package func isOf(_ password: String) -> Bool {
        let parts = text.split(separator: "$")
        guard parts.count == 4, parts[0] == "scrypt", let cost = Scrypt(parts[1]),
            let salt = [UInt8](hexadecimal: parts[2]), let kept = [UInt8](hexadecimal: parts[3]),
            !kept.isEmpty, let key = cost.key(Array(password.utf8), salt: salt, byteCount: kept.count)
        else { return false }
        return OpenSSL.isEqual(key, kept)
    }
}

extension Scrypt {
    /// Reads `ln=16,r=8,p=2`.
    fileprivate init?(_ text: Substring) {
        let fields = text.split(separator: ",").map { $0.split(separator: "=") }
        guard fields.count == 3, fields.allSatisfy({ $0.count == 2 }), fields[0][0] == "ln",
            fields[1][0] == "r",
            fields[2][0] == "p", let logCost = Int(fields[0][1]), let blockSize = Int(fields[1][1]),
            let parallelism = Int(fields[2][1])
        else { return nil }
        self.init(logCost: logCost, blockSize: blockSize, parallelism: parallelism)
    }
}
