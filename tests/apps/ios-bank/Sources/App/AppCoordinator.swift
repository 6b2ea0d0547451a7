import UIKit

/// Moves between the two halves of the app: what is in front of the login, and what is behind it.
@MainActor
final class AppCoordinator {
    static let shared = AppCoordinator()
    private weak var window: UIWindow?

    func attach(to window: UIWindow) {
        self.window = window
    }

    func showLogin() {
        let login = LoginViewController()
        window?.rootViewController = UINavigationController(rootViewController: login)
    }
}
