import ArgumentParser

@main struct QBitVault: ParsableCommand { func run() {} }
