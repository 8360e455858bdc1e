import CBOR
import RedemptionTokens

extension CBOREncoder {
    /// Appends a policy: skew, age of the key list and of the revocation list in seconds, offline cap in fen.
    mutating func write(policy: TokenPolicy) {
        beginArray(count: 4)
        write(integer: policy.skew)
        write(integer: policy.keyListAge)
        write(integer: policy.revocationListAge)
        write(unsigned: UInt64(policy.offlineCap))
    }
}

extension CBORDecoder {
    /// Reads a policy; a skew of a slot or more is refused.
    mutating func readPolicy() throws(CBORError) -> TokenPolicy {
        try enterArray(of: 4)
        let place = place
        let skew = try readSeconds()
        guard skew < TimeSlot.length else { throw .outOfRange(offset: place) }
        let policy = TokenPolicy(
            skew: skew, keyListAge: try readSeconds(), revocationListAge: try readSeconds(),
            offlineCap: try readInteger(as: UInt32.self))
        leave()
        return policy
    }
}
