#import "LHBDocumentsViewController.h"
#import <FullStory/FullStory.h>
#import "LighthouseBank-Swift.h"

@implementation LHBDocumentsViewController

- (void)logOut {
    [FS event:@"Signed Out" properties:@{ @"from" : @"documents" }];
    [[NSUserDefaults standardUserDefaults] removeObjectForKey:@"access_token"];
    LoginViewController *login = [[LoginViewController alloc] init];
    [self.navigationController setViewControllers:@[ login ] animated:YES];
}

@end
