import ArgumentParser
@main struct Wenhui: ParsableCommand { func run() { print("x") } }
