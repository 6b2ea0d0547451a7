#import <UIKit/UIKit.h>

NS_ASSUME_NONNULL_BEGIN

@interface LHBDocumentsViewController : UIViewController

- (void)logOut;

@end

NS_ASSUME_NONNULL_END
