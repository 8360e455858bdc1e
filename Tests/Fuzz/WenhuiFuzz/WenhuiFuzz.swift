import Foundation
import LibFuzzer

/// The fuzzers' executable, which `tools/fuzz` builds and calls:
///
///     WenhuiFuzz list                          the parsers, one a line
///     WenhuiFuzz seeds <parser> <folder>       writes the first corpus, made from Fixtures
///     WenhuiFuzz <parser> <libFuzzer's own>    fuzzes one parser
@main
enum WenhuiFuzz {
    /// The parser that the arguments name; the callback from C can be handed nothing.
    static let chosen = CommandLine.arguments.dropFirst().first.flatMap(Parser.init)

    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 2, arguments[1] == "list" {
            for parser in Parser.allCases { print(parser) }
        } else if arguments.count == 4, arguments[1] == "seeds", let parser = Parser(rawValue: arguments[2]) {
            try writeSeeds(of: parser.fuzzer, into: URL(filePath: arguments[3]))
        } else if chosen != nil {
            exit(fuzz())
        } else {
            FileHandle.standardError.write(Data("usage: see WenhuiFuzz.swift\n".utf8))
            exit(2)
        }
    }

    private static func writeSeeds(of fuzzer: any ParserFuzzer.Type, into folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (number, seed) in try fuzzer.seeds().enumerated() {
            try Data(seed).write(to: folder.appending(path: "seed-\(number)"))
        }
    }

    /// Hands libFuzzer the arguments without the parser's name, which it would take for a corpus.
    private static func fuzz() -> Int32 {
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
        return LLVMFuzzerRunDriver(&count, &arguments) { data, size in
            WenhuiFuzz.chosen?.fuzzer.check(Array(UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }
}
