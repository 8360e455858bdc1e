import CBOR

/// What the phone shows at an outlet that is offline: the credential and a presentation of it.
package struct PresentedCredential: Hashable, Sendable {
    package let credential: SignedClaims<VoucherCredential>
    package let presentation: SignedClaims<Presentation>

    /// What its text begins with, before base45.
    package static let prefix = "WH2:"

    package init(credential: SignedClaims<VoucherCredential>, presentation: SignedClaims<Presentation>) {
        self.credential = credential
        self.presentation = presentation
    }

    /// Presents a credential, with the device's key.
    package init(
        _ credential: SignedClaims<VoucherCredential>, _ presentation: Presentation, by device: TokenSigner
    ) {
        self.credential = credential
        self.presentation = SignedClaims(
            signing: presentation, by: device, keyID: TokenKeyID(of: credential.claims.id))
    }

    /// Reads the array of both, all of `bytes`.
    package init(_ bytes: [UInt8]) throws(PresentedCredentialError) {
        let (credential, presentation) = try PresentedCredential.parts(of: bytes)
        do throws(TokenFormatError) {
            self.credential = try SignedClaims(credential)
        } catch {
            throw .credential(error)
        }
        do throws(TokenFormatError) {
            self.presentation = try SignedClaims(presentation)
        } catch {
            throw .presentation(error)
        }
    }

    /// The array of both.
    package var bytes: [UInt8] {
        var encoder = CBOREncoder(capacity: 320)
        encoder.beginArray(count: 2)
        encoder.write(bytes: credential.bytes)
        encoder.write(bytes: presentation.bytes)
        return encoder.bytes
    }

    /// What the QR code says.
    package var text: String { PresentedCredential.prefix + Base45.encode(bytes) }

    private static func parts(
        of bytes: [UInt8]
    ) throws(PresentedCredentialError) -> (credential: [UInt8], presentation: [UInt8]) {
        do throws(CBORError) {
            var decoder = CBORDecoder(bytes)
            try decoder.enterArray(of: 2)
            let parts = (credential: try decoder.readBytes(), presentation: try decoder.readBytes())
            decoder.leave()
            try decoder.finish()
            return parts
        } catch {
            throw .array(error)
        }
    }
}
