import SwiftUI
import UIKit

final class SceneDelegate: UIResponder, UIWindowSceneDelegate {
    var window: UIWindow?

    func scene(_ scene: UIScene, willConnectTo session: UISceneSession, options: UIScene.ConnectionOptions) {
        guard let scene = scene as? UIWindowScene else { return }
        let window = UIWindow(windowScene: scene)
        self.window = window
        if AuthManager.shared.customer == nil {
            window.rootViewController = UINavigationController(rootViewController: WelcomeViewController())
        } else {
            window.rootViewController = UIHostingController(rootView: ProfileView())
        }
        window.makeKeyAndVisible()
    }

    func sceneDidEnterBackground(_ scene: UIScene) {
        InactivityMonitor.shared.start(over: window)
    }
}
