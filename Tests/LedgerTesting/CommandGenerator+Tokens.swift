import CBOR
import LedgerDomain

// Key lists that continue or do not, and tokens at the edges of their time.
extension CommandGenerator {
    mutating func publishKeys(_ model: ReferenceModel) -> PublishKeys {
        var keys = model.issuerKeys.values.sorted { $0.id < $1.id }
        for place in keys.indices where chance(300) { change(&keys[place]) }
        if chance(keys.count < 4 ? 700 : 50) { keys.append(key(first: keys.isEmpty)) }
        keys.sort { $0.id < $1.id }
        if chance(20) { keys.reverse() }
        if chance(15), !keys.isEmpty { keys.removeLast() }
        return .with {
            $0.sequence = UInt64(Int64(model.keyLists) + (chance(970) ? 1 : number(0...3)))
            $0.keys = keys
            $0.list = Octets([1, 2, 3])
        }
    }

    private mutating func key(first: Bool) -> IssuerKey {
        let from = clock.adding(number(-3_600_000_000...(first ? 0 : 3_600_000_000)))
        return .with {
            $0.id = KeyID(UInt64(number(1...40)))
            $0.algorithm = -19
            $0.publicKey = Octets(chance(980) ? [UInt8(number(0...255))] : [])
            $0.notBefore = from
            $0.notAfter = from.adding(number(chance(980) ? 1...172_800_000_000 : 0...1))
            $0.status = chance(first ? 800 : 40) ? .active : .published
        }
    }

    private mutating func change(_ key: inout IssuerKey) {
        switch number(0...99) {
        case 0..<60: key.status = IssuerKey.Status(rawValue: key.status.rawValue + 1) ?? key.status
        case 60..<75: key.notAfter = key.notAfter.adding(-number(0...600_000_000))
        case 75..<77: key.notAfter = key.notAfter.adding(1)
        case 77..<79: key.status = IssuerKey.Status(rawValue: key.status.rawValue - 1) ?? key.status
        case 79..<81: key.publicKey = Octets([0, 0])
        case 81..<83: key.status = .revoked
        default: break
        }
        if chance(980) { key.revokedAt = key.status == .revoked ? key.revokedAt ?? clock : nil }
    }

    /// Now and then a token: mostly a good one, sometimes one used before, or a little too old or too new.
    mutating func token(_ voucher: VoucherID, _ model: ReferenceModel) -> TokenUse? {
        guard chance(400) else { return nil }
        let now = max(clock, model.now)
        let good = model.issuerKeys.values.filter { $0.isGood(at: now) }.map(\.id).sorted()
        let any = model.issuerKeys.keys.sorted()
        let key = chance(900) ? pick(good) : pick(any) ?? KeyID(99)
        let used = model.tokens.filter { $0.voucher == voucher }.map(\.id).sorted()
        let fresh = KeyID(random.next())
        let second = Int64(1_000_000)
        let lives = [-5 * second - 1, -5 * second, -5 * second + 1, 65 * second, 65 * second + 1]
        let life = chance(900) ? number(0...60 * second) : pick(lives) ?? 0
        return .with {
            $0.key = chance(850) ? key : nil
            $0.id = chance(250) ? pick(used) ?? fresh : fresh
            $0.expiry = now.adding(life)
        }
    }
}
