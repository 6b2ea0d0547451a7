#import <Foundation/Foundation.h>
#import <FullStory/FullStory.h>
#import "OrderService.h"
=====
@interface OrderServiceNUMBER : NSObject
@property (nonatomic, strong) NSMutableDictionary<NSString *, Order *> *cache;
@property (nonatomic, strong) HTTPClient *client;
@property (nonatomic, weak) id<OrderDelegate> delegate;
@end

@implementation OrderServiceNUMBER

- (instancetype)initWithClient:(HTTPClient *)client {
    self = [super init];
    if (self) {
        _client = client;
        _cache = [NSMutableDictionary dictionary];
    }
    return self;
}

- (void)loadOrder:(NSString *)identifier completion:(void (^)(Order *order, NSError *error))completion {
    Order *known = self.cache[identifier];
    if (known != nil) {
        completion(known, nil);
        return;
    }
    __weak typeof(self) weakSelf = self;
    [self.client get:[NSString stringWithFormat:@"/orders/%@", identifier] completion:^(NSDictionary *body, NSError *error) {
        if (error) {
            if (completion) completion(nil, error);
            return;
        }
        Order *order = [[Order alloc] initWithDictionary:body];
        for (Item *item in order.items) {
            order.total += item.amount;
        }
        weakSelf.cache[identifier] = order;
        dispatch_async(dispatch_get_main_queue(), ^{
            completion(order, nil);
        });
    }];
}

- (void)open:(NSString *)identifier from:(UIViewController *)controller {
    [FS event:@"Order opened" properties:@{ @"id": identifier }];
    OrderViewController *next = [[OrderViewController alloc] initWithIdentifier:identifier];
    [controller.navigationController pushViewController:next animated:YES];
}

@end
=====
@implementation SessionManagerNUMBER

- (void)logoutWithReason:(NSString *)reason {
    @try {
        [self.api post:@"/logout" body:@{ @"reason": reason ?: @"" }];
        [[NSUserDefaults standardUserDefaults] removeObjectForKey:@"token"];
        [FS event:@"Logout" properties:@{ @"reason": reason ?: @"" }];
        [FS anonymize];
        [self.router showLogin];
    } @catch (NSException *exception) {
        [FS anonymize];
        [self.router showLogin];
    }
}

@end
