"""Face recognisers: one to train with (fr_feature), two only to check with (dlib_resnet, faceres)."""
