print("lectern-kernel")
