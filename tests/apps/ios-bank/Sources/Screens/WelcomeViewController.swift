import FullStory
import UIKit

final class WelcomeViewController: UIViewController {
    private let signIn = UIButton(type: .system)

    override func viewDidLoad() {
        super.viewDidLoad()
        FS.anonymize()
        signIn.setTitle("Sign In", for: .normal)
        signIn.addTarget(self, action: #selector(didTapSignIn), for: .touchUpInside)
        view.addSubview(signIn)
    }

    @objc private func didTapSignIn() {
        navigationController?.pushViewController(LoginViewController(), animated: true)
    }
}
