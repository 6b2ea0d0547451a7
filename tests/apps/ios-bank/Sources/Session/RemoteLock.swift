import Combine
import FullStory
import KeychainSwift

/// The bank locks a stolen phone with a push message.
@MainActor
final class RemoteLock {
    private var cancellables = Set<AnyCancellable>()

    init(messages: AnyPublisher<PushMessage, Never>) {
        messages
            .filter { $0.kind == .lock }
            .sink { [weak self] _ in self?.forceLogout() }
            .store(in: &cancellables)
    }

    private func forceLogout() {
        release()
        KeychainSwift().clear()
        FS.anonymize()
        AppCoordinator.shared.showLogin()
    }

    private func release() {
        FS.event("Signed Out", properties: ["reason": "locked"])
        FS.anonymize()
    }
}
