import ArgumentParser
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import RedemptionTokens

// The keys that tokens are signed with: published before use, one in use, old ones good to the end of their window.
extension KeyGroup {
    struct Generate: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the next key for tokens and publish it; the first one is used at once.",
            discussion: "Example: wenhui key generate")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "Days before it may be used, so that every till has it.") var lead = 7
        @Option(help: "Days that it is good for.") var days = 400

        func validate() throws {
            guard (0...365).contains(lead), (1...3660).contains(days) else {
                throw ValidationError("--lead is from 0 to 365, --days from 1 to 3660.")
            }
        }

        func run(_ session: Session) async throws -> Report {
            let change = LedgerService.KeyChange.generate(
                after: Int64(lead) * Instant.day, lifetime: Int64(days) * Instant.day)
            return try await published(change, session, options, acting)
        }
    }

    struct Rotate: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Use the published key from now on; the one before is retired.",
            discussion: "Example: wenhui key rotate")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions

        func run(_ session: Session) async throws -> Report {
            try await published(.rotate, session, options, acting)
        }
    }

    struct Retire: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign nothing more with a key; what it signed stays good to the end of its window.",
            discussion: "Example: wenhui key retire 1c9d4fd0b1e2a3f4")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The key's ID.", transform: Typed.keyID) var id: KeyID

        func run(_ session: Session) async throws -> Report {
            try await published(.retire(id), session, options, acting)
        }
    }

    struct Revoke: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Trust nothing any more that a key has ever signed.",
            discussion: "Example: wenhui key revoke 1c9d4fd0b1e2a3f4")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The key's ID.", transform: Typed.keyID) var id: KeyID

        func run(_ session: Session) async throws -> Report {
            try await published(.revoke(id), session, options, acting)
        }
    }

    struct Publish: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign the key list anew and write it to a file, for tills.",
            discussion: "Example: wenhui key publish ./keys-370782")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The file to write; it must not exist.") var file: String

        func run(_ session: Session) async throws -> Report {
            guard !FileManager.default.fileExists(atPath: file) else {
                throw CommandFailure.usage("\(file) exists already. Name a file that does not.")
            }
            let report = try await published(.renew, session, options, acting)
            let list = try session.service(options).signedKeyList()
            guard FileManager.default.createFile(atPath: file, contents: Data(list)) else {
                throw CommandFailure(.fault, "fault", "\(file) cannot be written.")
            }
            return report
        }
    }

    struct Export: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a public key for other programs: PEM, or a COSE key in hexadecimal.",
            discussion: "Example: wenhui key export 1c9d4fd0b1e2a3f4 --format pem")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The key's ID.", transform: Typed.keyID) var id: KeyID
        @Option(help: "pem or cose.") var format = Format.pem

        enum Format: String, ExpressibleByArgument, CaseIterable { case pem, cose }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            guard let key = try service.keyList()[id] else {
                throw ServiceError.notFound(.key, TokenKeyID(id.rawValue).description)
            }
            guard let algorithm = TokenAlgorithm(rawValue: key.algorithm),
                let publicKey = TokenPublicKey(algorithm, bytes: key.publicKey.bytes)
            else { throw ServiceError.invalid("The key is none that tokens can be signed with.") }
            switch format {
            case .pem: return Report(document: Array(publicKey.pem.utf8))
            case .cose:
                let encoded = publicKey.coseKey(id: TokenKeyID(id.rawValue))
                return Report(document: Array("\(encoded.hexadecimal)\n".utf8))
            }
        }
    }

    /// Publishes the next key list and shows it.
    private static func published(
        _ change: LedgerService.KeyChange, _ session: Session, _ options: GlobalOptions,
        _ acting: ActingOptions
    ) async throws -> Report {
        let service = try session.service(options)
        let call = try session.call(acting, service)
        let receipt = try await service.publishKeys(change, call)
        var report = Report()
        report.addReceipt(receipt, call)
        report.add("keys", try issuerKeyTable([service]))
        return report
    }

    /// The key list of each ledger.
    static func issuerKeyTable(_ services: [LedgerService]) throws -> ReportTable {
        var table = ReportTable(
            "Keys for tokens 核销码密钥",
            [
                ("ledger", "ledger"), ("id", "key id 编号"), ("status", "status 状态"), ("notBefore", "from 起用"),
                ("notAfter", "until 止用"), ("publicKey", "public key 公钥"),
            ])
        for service in services {
            for key in try service.keyList().keys {
                table.append([
                    .text("\(service.ledger)"), .text(TokenKeyID(key.id.rawValue).description),
                    .text("\(key.status)"), .instant(key.notBefore), .instant(key.notAfter),
                    .text(key.publicKey.bytes.hexadecimal),
                ])
            }
        }
        return table
    }
}
