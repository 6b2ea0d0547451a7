import FullStory
import KeychainSwift
import UIKit

/// Ends the session of a customer who has not touched the app for ten minutes.
final class InactivityMonitor {
    static let shared = InactivityMonitor()
    private var timer: Timer?
    private let limit: TimeInterval = 10 * 60

    func start(over window: UIWindow?) {
        timer?.invalidate()
        timer = Timer.scheduledTimer(withTimeInterval: limit, repeats: false) { [weak self, weak window] _ in
            guard let self, let window else { return }
            self.sessionTimedOut(in: window)
        }
    }

    private func sessionTimedOut(in window: UIWindow) {
        FS.event("Signed Out", properties: ["reason": "inactivity"])
        KeychainSwift().delete("access_token")
        FS.anonymize()
        window.rootViewController = UINavigationController(rootViewController: LoginViewController())
    }
}
