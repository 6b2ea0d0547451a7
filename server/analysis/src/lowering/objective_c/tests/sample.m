#import <FullStory/FullStory.h>
#import "SettingsViewController.h"
@import FirebaseAuth;

NS_ASSUME_NONNULL_BEGIN
#define kGuest @"guest"
static NSString *const kTokenKey = @"token";
typedef NS_ENUM(NSInteger, Reason) { ReasonUser, ReasonForced };

static void Release(NSError **error) { [FS anonymize]; }

@interface SettingsViewController () <UITableViewDelegate>
@property (nonatomic, strong, nullable) AuthManager *authManager;
@property (nonatomic, copy) void (^done)(NSError *error);
@end

@implementation SettingsViewController {
    NSTimer *_timer;
}

+ (instancetype)shared {
    static SettingsViewController *shared;
    static dispatch_once_t once;
    dispatch_once(&once, ^{ shared = [[self alloc] init]; });
    return shared;
}

- (IBAction)logout:(id)sender with:(Reason)reason {
    __weak typeof(self) weakSelf = self;
    NSError *error = nil;
    if (![[FIRAuth auth] signOut:&error] && !self.busy) { return; } else if (error) goto done;
    [self.authManager logoutWithCompletion:^(NSError * _Nullable problem) {
        @strongify(self)
        weakSelf.view.window.rootViewController = [[LoginViewController alloc] initWithNibName:nil bundle:nil];
        if (weakSelf.done) weakSelf.done(problem);
    }];
    @try { [self clear]; } @catch (NSException *exception) { NSLog(@"%@ é", exception); } @finally { Release(&error); }
    switch (reason) {
        case ReasonUser: [FS event:@"Logged Out" properties:@{@"a": @YES, @"b": @[@1, @(2 + 3)]}];
        case ReasonForced: { [FS identify:self.user.uid ?: kGuest]; break; }
        default: break;
    }
#if DEBUG
    for (NSString *key in @[@"a"]) { [[NSUserDefaults standardUserDefaults] removeObjectForKey:key]; }
#else
    for (int i = 0; i < 3; i++) _timer = nil;
#endif
done:
    @synchronized(self) { do { [_timer invalidate]; } while (_timer != nil); }
    void (^block)(void) = ^{ [self performSelector:@selector(logout:with:) withObject:nil]; };
    block();
}

@end

@implementation SettingsViewController (Extra)
- (void)clear { @autoreleasepool { exit(self.ok ? 0 : 1); } }
@end
NS_ASSUME_NONNULL_END
