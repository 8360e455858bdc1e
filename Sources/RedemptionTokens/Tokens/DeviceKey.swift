package import CBOR
package import Cryptography

/// The key in a resident's phone that a credential is bound to: `cnf` with a COSE_Key (RFC 8747 §3.2).
package struct DeviceKey: Hashable, Sendable {
    package let publicKey: P256PublicKey

    package init(_ publicKey: P256PublicKey) { self.publicKey = publicKey }

    package func hash(into hasher: inout Hasher) { hasher.combine(publicKey.compressed) }

    // Labels of RFC 8747 §3.1 and RFC 9053 §7.1.1, values of RFC 9053 tables 17 and 18.
    private static let keyLabel: Int64 = 1
    private static let typeLabel: Int64 = 1
    private static let curveLabel: Int64 = -1
    private static let xLabel: Int64 = -2
    private static let yLabel: Int64 = -3
    private static let ec2Type: Int64 = 2
    private static let p256Curve: Int64 = 1
}

extension DeviceKey: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        let point = publicKey.compressed
        encoder.beginMap(count: 1)
        encoder.write(integer: DeviceKey.keyLabel)
        encoder.beginMap(count: 4)
        encoder.write(integer: DeviceKey.typeLabel)
        encoder.write(integer: DeviceKey.ec2Type)
        encoder.write(integer: DeviceKey.curveLabel)
        encoder.write(integer: DeviceKey.p256Curve)
        encoder.write(integer: DeviceKey.xLabel)
        encoder.write(bytes: point.dropFirst())
        encoder.write(integer: DeviceKey.yLabel)
        encoder.write(bool: point.first == 3)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 1)
        try decoder.read(label: DeviceKey.keyLabel)
        try decoder.enterMap(of: 4)
        try decoder.read(label: DeviceKey.typeLabel)
        try decoder.read(label: DeviceKey.ec2Type)
        try decoder.read(label: DeviceKey.curveLabel)
        try decoder.read(label: DeviceKey.p256Curve)
        try decoder.read(label: DeviceKey.xLabel)
        let place = decoder.place
        let x = try decoder.readBytes()
        try decoder.read(label: DeviceKey.yLabel)
        guard let key = P256PublicKey(x: x, isYOdd: try decoder.readBool()) else {
            throw .outOfRange(offset: place)
        }
        publicKey = key
        decoder.leave()
        decoder.leave()
    }
}
