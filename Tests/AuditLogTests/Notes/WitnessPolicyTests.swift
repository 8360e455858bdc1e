import AuditLog
import Cryptography
import Testing

@Suite("Policies (C2SP tlog-policy)")
struct WitnessPolicyTests {
    private static let log = PublishedNotes.sumDatabase
    private static let first = PublishedNotes.remora
    private static let second = PublishedNotes.garden

    /// The standard's example: two of three X and one of three Y.
    private static func example() throws -> (policy: WitnessPolicy, witnesses: [CosignatureSigner]) {
        let witnesses = try (1...6).map { try witnessSigner("w\($0).example", seed: UInt8(20 + $0)) }
        let keys = witnesses.map(\.verifierKey.text)
        let text = """
            log \(log)

            witness X1 \(keys[0])
            witness X2 \(keys[1])
            witness X3 \(keys[2])
            group X-witnesses 2 X1 X2 X3

            witness Y1 \(keys[3])
            witness Y2 \(keys[4])
            witness Y3 \(keys[5])
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y

            """
        return (try WitnessPolicy(utf8(text)), witnesses)
    }

    @Test("the standard's example asks for two of X and one of Y, and for nothing else")
    func example() throws {
        let (policy, witnesses) = try Self.example()
        let all = try witnesses.map { try cosignature(by: $0, at: 10) }
        for subset in 0..<64 {
            let cosignatures = all.indices.filter { subset >> $0 & 1 == 1 }.map { all[$0] }
            let enough = (subset & 7).nonzeroBitCount >= 2 && subset >> 3 != 0
            #expect(policy.isSatisfied(by: cosignatures) == enough, "\(subset)")
            #expect(!policy.isSatisfied(by: cosignatures, since: 11))
        }
    }

    @Test("one witness that cosigned twice counts once, and a stranger not at all")
    func counting() throws {
        let (policy, witnesses) = try Self.example()
        let stranger = try cosignature(by: witnessSigner("w1.example", seed: 99), at: 10)
        let once = try cosignature(by: witnesses[0], at: 10)
        let twice = [
            once, try cosignature(by: witnesses[0], at: 11), try cosignature(by: witnesses[3], at: 10),
        ]
        #expect(!policy.isSatisfied(by: twice))
        #expect(!policy.isSatisfied(by: twice + [stranger]))
    }

    @Test("a policy without quorum is satisfied by nothing")
    func none() throws {
        let policy = try WitnessPolicy(utf8("quorum none\n"))
        #expect(policy == .unwitnessed)
        #expect(policy.isSatisfied(by: []))
        #expect(policy.bytes == utf8("quorum none\n"))
    }

    @Test("a policy is printed so that it reads the same; comments and blanks go")
    func printing() throws {
        let policy = try WitnessPolicy(try PublishedNotes.file("public-witnesses.policy"))
        let text = String(decoding: policy.bytes, as: UTF8.self)
        #expect(
            text == """
                log \(Self.log) https://sum.golang.org
                witness garden \(PublishedNotes.garden)
                witness smartit \(PublishedNotes.smartit)
                witness remora \(PublishedNotes.remora) https://remora.n621.de
                witness navigli witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G
                group staging any garden smartit
                group others 1 remora navigli
                group two-of-two all staging others
                quorum two-of-two

                """)
        #expect(try WitnessPolicy(policy.bytes) == policy)
        #expect(try WitnessPolicy(policy.bytes).bytes == policy.bytes)
    }

    @Test("a public log's checkpoint satisfies a policy of public witnesses")
    func publicLog() throws {
        let policy = try WitnessPolicy(try PublishedNotes.file("public-witnesses.policy"))
        let opened = try SignedCheckpoint(
            opening: try PublishedNotes.file("arche2025h1.note"), of: KnownLog(try key(PublishedNotes.arche)),
            witnesses: policy.witnesses.map(\.key))
        #expect(policy.isSatisfied(by: opened.cosignatures))
        #expect(policy.isSatisfied(by: opened.cosignatures, since: 0x6a12_2120))
        #expect(!policy.isSatisfied(by: opened.cosignatures, since: 0x6a12_2121))
        #expect(!policy.isSatisfied(by: Array(opened.cosignatures.prefix(1))))
    }

    @Test(
        "what the standard allows is accepted",
        arguments: [
            "\n# comment\n\t # another\n\twitness \t w1  \(first)   https://w1.example.com/  \n\n  quorum\tw1\n",
            "log \(log)\nwitness w1 \(first)\nquorum w1\n",
            "witness all \(first)\nwitness any \(second)\ngroup group 2 all any\nquorum group\n",
            "witness 2 \(first)\ngroup 1 1 2\nquorum 1\n", "witness #1 \(first)\nquorum #1\n",
            "witness w \(first)\nquorum w\nlog \(log)\n", "witness 审计厅 \(first)\nquorum 审计厅\n",
            "witness w \(first)\ngroup g any w\ngroup h all g\nquorum none\n",
            "#\u{e9}\u{2028}\nquorum none\n",
        ])
    func accepted(_ text: String) throws {
        let policy = try WitnessPolicy(utf8(text))
        #expect(try WitnessPolicy(policy.bytes) == policy)
    }

    @Test("names are bytes of any encoding: the letter K and the Kelvin sign are two names")
    func opaqueNames() throws {
        let kelvin: [UInt8] = [0xe2, 0x84, 0xaa]
        let text =
            utf8("witness K \(Self.first)\nwitness ") + kelvin + utf8(" \(Self.second)\nquorum ") + kelvin + [
                0x0a
            ]
        #expect(try WitnessPolicy(text).witnesses.map(\.name.bytes) == [utf8("K"), kelvin])
        let unpaired = utf8("witness w") + [0x80] + utf8(" \(Self.first)\nquorum w") + [0x80, 0x0a]
        #expect(try WitnessPolicy(unpaired).bytes == unpaired)
        #expect(throws: WitnessPolicyError.self) {
            try WitnessPolicy(utf8("witness w") + [0x80] + utf8(" \(Self.first)\nquorum w") + [0x81, 0x0a])
        }
    }

    @Test("several keys may sign for one origin, and a log that is not listed is not known")
    func logs() throws {
        let (old, new) = (try SampleLog(), try SampleLog(seed: 2))
        let policy = try WitnessPolicy(
            utf8("log \(old.signer.verifierKey)\nlog \(new.signer.verifierKey)\nquorum none\n"))
        #expect(policy.log(of: old.known.origin)?.keys == [old.signer.verifierKey, new.signer.verifierKey])
        #expect(policy.log(of: try #require(LogOrigin("wenhui/370783"))) == nil)
    }
}
