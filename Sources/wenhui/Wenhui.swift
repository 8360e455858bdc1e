import LedgerCommandLine

@main
struct Wenhui {
    static func main() async {
        await WenhuiCommand.start()
    }
}
